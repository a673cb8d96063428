# an office router as found: the VPN "pings fine, RDP does not work"
/ip firewall filter
add action=fasttrack-connection chain=forward connection-state=established,related
add action=accept chain=forward connection-state=established,related
/ip firewall mangle
add action=change-mss chain=forward dst-address=10.2.0.0/24 ipsec-policy=in,ipsec new-mss=1400 protocol=tcp src-address=10.1.0.0/24 tcp-flags=syn
add action=change-mss chain=forward dst-address=10.1.0.0/24 ipsec-policy=in,ipsec new-mss=1400 protocol=tcp src-address=10.2.0.0/24 tcp-flags=syn
/ip firewall nat
add action=masquerade chain=srcnat out-interface=pppoe-out1
