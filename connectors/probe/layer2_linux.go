package probe

import (
	"context"
	"encoding/binary"
	"slices"

	"golang.org/x/sys/unix"
)

// layer2Hint says what would enable hearing frames.
const layer2Hint = "给程序 CAP_NET_RAW 权限：setcap cap_net_raw+ep 程序文件（窗口从不索要管理员权限）"

// layer2 is an open socket for frames of one interface. Only the gate writes to it.
type layer2 struct {
	fds   []int
	index int
}

// openLayer2 opens one socket per frame type; it fails where the right is missing.
func openLayer2(i iface, kinds ...uint16) (*layer2, error) {
	l := &layer2{index: i.index}
	for _, kind := range kinds {
		wire := binary.NativeEndian.Uint16(binary.BigEndian.AppendUint16(nil, kind))
		fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, int(wire))
		if err == nil {
			l.fds = append(l.fds, fd)
			err = unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: wire, Ifindex: i.index})
		}
		if err == nil { // LLDP comes to a group of its own that the card would drop
			err = unix.SetsockoptPacketMreq(fd, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, &unix.PacketMreq{Ifindex: int32(i.index), Type: unix.PACKET_MR_ALLMULTI})
		}
		if err != nil {
			l.close()
			return nil, err
		}
	}
	return l, nil
}

func (l *layer2) close() {
	for _, fd := range l.fds {
		_ = unix.Close(fd)
	}
}

// hear gives each frame that comes until ctx ends, then closes the sockets.
func (l *layer2) hear(ctx context.Context, each func(frame []byte)) {
	defer l.close()
	buf := make([]byte, 2048)
	for ctx.Err() == nil {
		var set []unix.PollFd
		for _, fd := range l.fds {
			set = append(set, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
		}
		if n, err := unix.Poll(set, 200); err != nil && err != unix.EINTR || n <= 0 {
			continue
		}
		for _, p := range set {
			if p.Revents&unix.POLLIN == 0 {
				continue
			}
			if n, _, err := unix.Recvfrom(int(p.Fd), buf, unix.MSG_DONTWAIT); err == nil {
				each(slices.Clone(buf[:n]))
			}
		}
	}
}
