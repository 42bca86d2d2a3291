package probe

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// SQL Server: the browser service is asked over UDP for its instances; on TCP the pre-login tells the version. No login follows.
const (
	mssqlBrowse   = "03"
	mssqlPrelogin = "1201002f00000100 00001a0006 0100200001 0200210001 0300220004 0400260001 ff 000000000000 02 00 00000000 00"
)

func init() {
	register(Protocol{
		Name: "mssql-browser", Title: "SQL Server Browser", Office: true, Transport: UDP, Ports: []int{1434}, Frames: 1, Bytes: 1,
		Templates: []Template{{Name: "instances", Mask: mssqlBrowse}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(mssqlBrowse)); err != nil {
				return err
			}
			_, err := t.Receive(nil)
			return err
		},
		Read: readMSSQLBrowser,
	})
	register(Protocol{
		Name: "mssql", Title: "SQL Server", Office: true, Transport: TCP, Ports: []int{1433}, Frames: 1, Bytes: 47,
		Templates: []Template{{Name: "pre-login", Mask: strings.ReplaceAll(mssqlPrelogin, " ", "")}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(mssqlPrelogin)); err != nil {
				return err
			}
			_, err := t.Receive(tdsSize)
			return err
		},
		Read: readMSSQL,
	})
}

func tdsSize(b []byte) (int, error) {
	if b[0] != 4 {
		return 0, errNotOurs
	}
	if len(b) < 8 {
		return 0, errMore
	}
	n := int(b[2])<<8 | int(b[3])
	if n < 8 || n > 4096 {
		return 0, errNotOurs
	}
	return n, nil
}

// readMSSQLBrowser reads "ServerName;A;InstanceName;B;IsClustered;No;Version;15.0.2000.5;tcp;1433;;…".
func readMSSQLBrowser(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) < 4 || b[0] != 5 || !strings.HasPrefix(string(b[3:]), "ServerName;") {
		return errNotOurs
	}
	id.Class = scan.ClassServer
	for instance := range strings.SplitSeq(string(b[3:min(len(b), 16<<10)]), ";;") {
		parts := strings.Split(instance, ";")
		value := map[string]string{}
		for i := 0; i+1 < len(parts); i += 2 {
			value[parts[i]] = parts[i+1]
		}
		if value["InstanceName"] == "" {
			continue
		}
		id.Name = value["ServerName"]
		id.Software = append(id.Software, scan.Software{Vendor: "Microsoft", Product: "SQL Server", Version: value["Version"]})
		fact(id, "实例", value["InstanceName"]+" "+value["tcp"])
	}
	return nil
}

func readMSSQL(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) == 0 {
		return errNotOurs
	}
	if n, err := tdsSize(b); err != nil || n > len(b) {
		return errNotOurs
	}
	body := b[8:]
	for i := 0; i+5 <= len(body) && body[i] != 0xff; i += 5 {
		at, n := int(body[i+1])<<8|int(body[i+2]), int(body[i+3])<<8|int(body[i+4])
		if body[i] != 0 {
			continue
		}
		if n < 6 || at+6 > len(body) {
			return errNotOurs
		}
		v := body[at:]
		id.Class = scan.ClassServer
		id.Software = append(id.Software, scan.Software{Vendor: "Microsoft", Product: "SQL Server", Version: fmt.Sprintf("%d.%d.%d", v[0], v[1], int(v[2])<<8|int(v[3]))})
		return nil
	}
	return errNotOurs
}
