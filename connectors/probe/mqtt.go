package probe

import (
	"encoding/hex"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// MQTT: CONNECT without credentials under a random client id (a known one would throw out its owner), then DISCONNECT. Nothing is
// subscribed or published.
const (
	mqttConnect    = "1014 0004 4d515454 04 02 003c 0008 ????????????????"
	mqttDisconnect = "e000"
)

func init() {
	register(Protocol{
		Name: "mqtt", Title: "MQTT", Office: true, Transport: TCP, Ports: []int{1883}, Frames: 2, Bytes: 24,
		Templates: []Template{{Name: "connect", Mask: mqttConnect, Check: func(f []byte) bool {
			_, err := hex.DecodeString(string(f[14:]))
			return err == nil
		}, Rule: "客户端号是随机的十六进制数"}, {Name: "disconnect", Mask: mqttDisconnect}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(mqttConnect, []byte(hex.EncodeToString(random(4)))...)); err != nil {
				return err
			}
			if _, err := t.Receive(func(b []byte) (int, error) {
				if b[0] != 0x20 || len(b) > 1 && b[1] != 2 {
					return 0, errNotOurs
				}
				return 4, nil
			}); err != nil {
				return err
			}
			return t.Send(fixed(mqttDisconnect))
		},
		Read: func(answers [][]byte, id *scan.Identity) error {
			b := answers[0]
			if len(b) != 4 || b[0] != 0x20 || b[1] != 2 {
				return errNotOurs
			}
			id.Class = scan.ClassServer
			id.Software = append(id.Software, scan.Software{Product: "MQTT 消息服务"})
			fact(id, "CONNACK", map[byte]string{0: "接受匿名连接", 4: "要用户名和口令", 5: "不许连接"}[b[3]])
			return nil
		},
	})
}
