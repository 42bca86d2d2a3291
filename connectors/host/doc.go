// Package host describes this computer as one asset of the register: office equipment outside the denominator of
// 生产设备, so that a firm's scores are the same on whichever computer the survey is made.
//
// The law of the room: it asks the operating system through gopsutil and nothing else. It never scans the network, never
// starts a program, and never keeps the host name, a user name, a serial number, a MAC or an IP address.
package host
