package probe

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The peers: programs that nobody here wrote, each on a host of its own.

func (p *plant) snmpd(n int) *plantHost {
	h := p.host(n, "snmpd", false)
	conf := p.file(h.ns+"/snmpd.conf", "agentaddress udp:"+h.addr+":161\nrocommunity factory\ncreateUser reader SHA authpass123 AES privpass123\nrouser reader priv\nsysName switch-"+h.addr+"\nsysLocation Workshop 1\nsysDescr Acme Switch SW-8, firmware 2.1\n")
	return h.run("snmpd", "-C", "-c", conf, "-I", "-smux", "-f", "-Lo", "-p", filepath.Join(p.dir, h.ns, "pid")).listens("udp", 161)
}

func (p *plant) pymodbus(n int) *plantHost {
	h := p.host(n, "pymodbus", true)
	path, _ := filepath.Abs("testdata/peers/modbus.py")
	return h.run("/usr/bin/python3", path, h.addr)
}

func (p *plant) modbusSerial(n int) *plantHost {
	h := p.host(n, "modbus-serial", true)
	return h.node("modbus.js", h.addr)
}

func (p *plant) snap7(n int) *plantHost {
	h := p.host(n, "snap7", true)
	return h.node("s7.js", h.addr)
}

func (p *plant) opcua(n int, machinery bool) *plantHost {
	h := p.host(n, "opcua", true)
	arg := h.addr
	if machinery {
		h.device, arg = "opcua-machinery", arg+"=machinery"
	}
	return h.node("opcua.js", arg)
}

func (p *plant) bacnet(n int) *plantHost {
	h := p.host(n, "bacnet", true)
	return h.node("bacnet.js", h.addr)
}

func (p *plant) nginx(n int, body string) *plantHost {
	h := p.host(n, "nginx", false)
	dir := filepath.Join(p.dir, h.ns)
	page := p.file(h.ns+"/www/index.html", body)
	command(p.t, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=erp."+h.ns, "-keyout", dir+"/key.pem", "-out", dir+"/cert.pem")
	conf := p.file(h.ns+"/nginx.conf", fmt.Sprintf("pid %s/pid;\nerror_log stderr;\ndaemon off;\nuser root;\nevents {}\nhttp { access_log off; client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; scgi_temp_path %s/s;\nserver { listen %s:80; listen %s:443 ssl; ssl_certificate %s/cert.pem; ssl_certificate_key %s/key.pem; root %s; } }\n",
		dir, dir, dir, dir, dir, dir, h.addr, h.addr, dir, dir, filepath.Dir(page)))
	return h.run("/usr/sbin/nginx", "-c", conf).listens("tcp", 443)
}

func command(t testing.TB, name string, args ...string) {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Logf("%s %s: %v %s", name, args, err, out)
	}
}

func (p *plant) sshd(n int) *plantHost {
	h := p.host(n, "sshd", false)
	key := filepath.Join(p.dir, h.ns+"-hostkey")
	command(p.t, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
	_ = os.MkdirAll("/run/sshd", 0o755)
	return h.run("/usr/sbin/sshd", "-D", "-e", "-p", "22", "-o", "ListenAddress="+h.addr, "-o", "PidFile=none", "-h", key, "-f", "/dev/null").listens("tcp", 22)
}

func (p *plant) redis(n int) *plantHost {
	h := p.host(n, "redis", false)
	return h.run("redis-server", "--port", "6379", "--bind", h.addr, "--save", "", "--protected-mode", "no").listens("tcp", 6379)
}

func (p *plant) mosquitto(n int) *plantHost {
	h := p.host(n, "mosquitto", false)
	return h.run("mosquitto", "-c", p.file(h.ns+"/m.conf", "user root\nlistener 1883 "+h.addr+"\nallow_anonymous true\n")).listens("tcp", 1883)
}

func (p *plant) mariadb(n int) *plantHost {
	h := p.host(n, "mariadb", false)
	dir := filepath.Join(p.dir, h.ns)
	_ = os.MkdirAll(dir, 0o777)
	command(p.t, "chmod", "777", dir)
	command(p.t, "mariadb-install-db", "--no-defaults", "--user=mysql", "--auth-root-authentication-method=normal", "--datadir="+dir+"/my")
	return h.run("/usr/sbin/mariadbd", "--no-defaults", "--user=mysql", "--datadir="+dir+"/my", "--port=3306", "--bind-address="+h.addr, "--socket="+dir+"/s", "--skip-grant-tables", "--skip-networking=0").listens("tcp", 3306)
}

func (p *plant) postgres(n int) *plantHost {
	h := p.host(n, "postgres", false)
	dir := filepath.Join(p.dir, h.ns)
	_ = os.MkdirAll(dir, 0o777)
	command(p.t, "chown", "postgres", dir)
	bin := "/usr/lib/postgresql/15/bin/"
	command(p.t, "su", "postgres", "-c", bin+"initdb -D "+dir+"/pg -A trust")
	return h.run("su", "postgres", "-c", bin+"postgres -D "+dir+"/pg -p 5432 -c listen_addresses="+h.addr+" -k "+dir).listens("tcp", 5432)
}

func (p *plant) samba(n int) *plantHost {
	h := p.host(n, "samba", false)
	dir := filepath.Join(p.dir, h.ns)
	var b strings.Builder
	b.WriteString("[global]\nnetbios name = FACTORYSRV\nworkgroup = WORKSHOP\nsmb ports = 445\nbind interfaces only = no\ndisable netbios = yes\n")
	for _, d := range []string{"private dir", "lock directory", "state directory", "cache directory", "pid directory", "ncalrpc dir"} {
		name := filepath.Join(dir, strings.ReplaceAll(d, " ", ""))
		_ = os.MkdirAll(name, 0o755)
		fmt.Fprintf(&b, "%s = %s\n", d, name)
	}
	return h.run("/usr/sbin/smbd", "-F", "-s", p.file(h.ns+"/smb.conf", b.String()), "--no-process-group", "-l", dir).listens("tcp", 445)
}

func (p *plant) avahi(n int) *plantHost {
	h := p.host(n, "avahi", false)
	_ = os.MkdirAll("/run/avahi-daemon", 0o755)
	conf := p.file(h.ns+"/avahi.conf", "[server]\nhost-name=label-printer\nuse-ipv6=no\nenable-dbus=no\ndisallow-other-stacks=no\n[publish]\npublish-workstation=yes\n")
	return h.run("unshare", "-m", "--pid", "--fork", "--kill-child", "sh", "-c", "mount -t tmpfs none /run && mkdir -p /run/avahi-daemon && exec /usr/sbin/avahi-daemon -f "+conf+" --no-drop-root --no-chroot --no-rlimits").listens("udp", 5353)
}

func (p *plant) minidlna(n int) *plantHost {
	h := p.host(n, "minidlna", false)
	dir := filepath.Join(p.dir, h.ns)
	_ = os.MkdirAll(dir+"/media", 0o755)
	conf := p.file(h.ns+"/minidlna.conf", "network_interface=e0\nport=8200\nmedia_dir="+dir+"/media\ndb_dir="+dir+"/db\nlog_dir="+dir+"\nfriendly_name=Training videos\nserial=MV-778\nmodel_number=1.3\n")
	return h.run("/usr/sbin/minidlnad", "-d", "-f", conf, "-P", dir+"/pid").listens("tcp", 8200)
}

func (p *plant) wsdd(n int) *plantHost {
	h := p.host(n, "wsdd", false)
	return h.run("wsdd", "-i", "e0", "-4", "-n", "FACTORYSRV", "-w", "WORKSHOP").listens("udp", 3702)
}

func (p *plant) ippeve(n int) *plantHost {
	h := p.host(n, "ippeveprinter", false)
	dir := filepath.Join(p.dir, h.ns)
	_ = os.MkdirAll(dir, 0o755)
	// It will not start without a system bus and avahi: both of its own, in a mount namespace.
	script := "mount -t tmpfs none /run && mkdir -p /run/dbus /run/avahi-daemon && dbus-daemon --system --fork && avahi-daemon -f " +
		p.file(h.ns+"/avahi.conf", "[server]\nuse-ipv6=no\nenable-dbus=yes\n") + " --no-drop-root --no-chroot --no-rlimits -D && exec ippeveprinter -p 631 -M Acme -m 'Laser 9000' -n localhost -d " + dir + " -K " + dir + " 'Shop printer'"
	return h.run("unshare", "-m", "--pid", "--fork", "--kill-child", "sh", "-c", script).listens("tcp", 631)
}

func (p *plant) lldpd(n int) *plantHost {
	h := p.host(n, "lldpd", false)
	return h.run("unshare", "-m", "--pid", "--fork", "--kill-child", "sh", "-c", "mount -t tmpfs none /run && mkdir -p /run/lldpd && exec /usr/sbin/lldpd -d -I e0 -u /run/lldpd.socket -S 'Siemens, SIMATIC S7, CPU-1200, 6ES7 214-1AG40-0XB0, HW: 7, FW: V.4.2.1, S V-K2C13707'")
}
