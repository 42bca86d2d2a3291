// Package vault keeps the one master key (主密钥) of a data folder and seals bytes with it and with keys under it.
//
// The file vault.json holds the master key once per slot, each time wrapped by another way in: a passphrase (口令, Argon2id), a
// printed recovery code (恢复码), the system's keyring, an agency's age recipient, or nothing at all (the plain slot of an owner's
// own PC: whoever has the folder can read it). Readable in it are only kinds, parameters, salts, sizes and times. Setting a
// passphrase later wraps the same master key anew, so nothing has to be sealed again; who copied the folder before that can still
// read the copy.
//
// It never writes a key or a passphrase that is not wrapped (except in the plain slot), never makes the keyring the only way in,
// never knows what it seals and has no clock. It claims no certification; SM4-GCM is an option of the cipher and nothing more.
// Keys in memory are cleared on Lock as far as the runtime allows: copies that the garbage collector has not reused may stay.
package vault
