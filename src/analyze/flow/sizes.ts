/** No host of an Ethernet world without jumbo frames sends more in one packet. */
export const ETHERNET_MTU = 1500;

/** An IP packet this small passes every path: that it arrived says nothing of large ones, that it was lost is no question of size. */
export const SMALL_PACKET = 600;
