package host

import (
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

var firmwareTable = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetSystemFirmwareTable")

// readPlate asks the firmware's own table, which needs no right, and the registry's copy of it.
func readPlate() plate {
	p := readSMBIOS(smbios())
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, `HARDWARE\DESCRIPTION\System\BIOS`, registry.QUERY_VALUE)
	if err != nil {
		return p
	}
	defer k.Close()
	for name, to := range map[string]*string{"SystemManufacturer": &p.maker, "SystemProductName": &p.model} {
		if v, _, err := k.GetStringValue(name); err == nil && *to == "" {
			*to = v
		}
	}
	return p
}

// smbios gives the raw table behind Windows's own header of eight bytes; nil when there is none.
func smbios() []byte {
	const provider = 'R'<<24 | 'S'<<16 | 'M'<<8 | 'B'
	n, _, _ := firmwareTable.Call(provider, 0, 0, 0)
	if n < 8 || n > 1<<20 {
		return nil
	}
	buf := make([]byte, n)
	got, _, _ := firmwareTable.Call(provider, 0, uintptr(unsafe.Pointer(&buf[0])), n)
	if got < 8 || got > n {
		return nil
	}
	return buf[8:got]
}
