/** No host of an Ethernet world without jumbo frames sends more in one packet. */
export const ETHERNET_MTU = 1500;

/**
 * An IP packet this small passes every path: that it arrived says nothing of large ones, that it was lost is no
 * question of size.
 */
export const SMALL_PACKET = 600;

/** So many octets of data are a request, which is answered; whoever sends more uploads, and may wait for nothing. */
export const MOST_REQUEST = 4096;
