// Package host describes this computer as one asset of the register: office equipment outside the denominator of
// 生产设备, so that a firm's scores are the same on whichever computer the survey is made. It also lists what is installed and which
// programs wait for connections, so that factory software can be recognised.
//
// The law of the room: it asks the operating system and nothing else. It never scans the network, starts no program but rpm (whose
// database only rpm reads), and keeps of what names this computer only its name plate and the MAC addresses that its maker gave it, by
// which a look at the network knows it again. The host name, user names and IP addresses are never kept.
package host
