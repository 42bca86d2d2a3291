package host

import "os"

// readPlate reads what the kernel shows of the firmware. The serial number is for root only; without that right it stays empty.
func readPlate() plate {
	read := func(name string) string {
		b, err := os.ReadFile("/sys/class/dmi/id/" + name)
		if err != nil {
			return ""
		}
		return string(b)
	}
	p := plate{read("sys_vendor"), read("product_name"), read("product_serial")}
	if p == (plate{}) {
		b, err := os.ReadFile("/sys/firmware/devicetree/base/model") // ARM boards
		if err == nil {
			p.model = string(trimZero(b))
		}
	}
	return p
}

func trimZero(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}
