# Plays PROFINET devices on a wire: answers each DCP Identify request with recorded answers, as the devices would: to the asker, with the
# asker's transaction number. Arguments: interface, then one answer after another, hex of a whole Ethernet frame. A frame that is anything but the
# identify request ends it, and the test finds it gone.
import socket, sys

name, answers = sys.argv[1], [bytes.fromhex(a) for a in sys.argv[2:]]
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x8892))
s.bind((name, 0))
s.setsockopt(263, 1, socket.if_nametoindex(name).to_bytes(4, sys.byteorder) + (2).to_bytes(2, sys.byteorder) + bytes(10))  # all multicast frames
print("listening", flush=True)
while True:
    frame, at = s.recvfrom(2048)
    if at[2] == 4:  # our own
        continue
    if frame[:6] != bytes.fromhex("010ecf000000") or frame[14:18] != bytes.fromhex("fefe0500"):
        sys.exit("not an identify request: " + frame.hex())
    print("asked", flush=True)
    for a in answers:
        s.send(frame[6:12] + a[6:18] + frame[18:22] + a[22:])
