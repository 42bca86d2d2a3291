package probe

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Redis: INFO server. A server with a password answers NOAUTH, which names it as well.
const redisInfo = "*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n"

func init() {
	register(Protocol{
		Name: "redis", Title: "Redis", Office: true, Transport: TCP, Ports: []int{6379}, Frames: 1, Bytes: len(redisInfo),
		Templates: []Template{{Name: "info-server", Mask: text(redisInfo)}},
		Ask: func(t *Talk) error {
			if err := t.Send([]byte(redisInfo)); err != nil {
				return err
			}
			_, err := t.Receive(redisSize)
			return err
		},
		Read: readRedis,
	})
}

func redisSize(b []byte) (int, error) {
	if b[0] != '$' && b[0] != '-' {
		return 0, errNotOurs
	}
	line, _, whole := bytes.Cut(b, []byte("\r\n"))
	if !whole {
		if len(b) > 512 {
			return 0, errNotOurs
		}
		return 0, errMore
	}
	if b[0] == '-' {
		return len(line) + 2, nil
	}
	n, err := strconv.Atoi(string(line[1:]))
	if err != nil || n < 0 || n > 64<<10 {
		return 0, errNotOurs
	}
	return len(line) + 2 + n + 2, nil
}

func readRedis(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	s := scan.Software{Product: "Redis"}
	switch {
	case bytes.HasPrefix(b, []byte("-NOAUTH")) || bytes.HasPrefix(b, []byte("-DENIED")):
		fact(id, "Redis", words(b))
	case bytes.HasPrefix(b, []byte("$")) && bytes.Contains(b, []byte("redis_version:")):
		for line := range strings.Lines(block(b)) {
			switch key, value, _ := strings.Cut(strings.TrimSpace(line), ":"); key {
			case "redis_version":
				s.Version = value
			case "os", "redis_mode", "uptime_in_days":
				fact(id, key, value)
			}
		}
	default:
		return errNotOurs
	}
	id.Class = scan.ClassServer
	id.Software = append(id.Software, s)
	return nil
}
