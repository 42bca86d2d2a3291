package probe

import (
	"net"

	"golang.org/x/sys/unix"
)

// wire guards a socket for frames: what leaves by it stands in the protocol's templates and in the log, as everything else.
func (g *gate) wire(p *Protocol, l *layer2, i iface) *guarded {
	return &guarded{Conn: frameConn{l: l}, gate: g, proto: p, remote: "二层组播（" + i.name + "）"}
}

// frameConn writes whole Ethernet frames that the guard has let through. It can do nothing else.
type frameConn struct {
	net.Conn
	l *layer2
}

func (c frameConn) Write(b []byte) (int, error) {
	to := &unix.SockaddrLinklayer{Ifindex: c.l.index, Halen: 6}
	copy(to.Addr[:], b)
	return len(b), unix.Sendto(c.l.fds[0], b, 0, to)
}
