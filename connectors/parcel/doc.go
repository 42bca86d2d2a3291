// Package parcel seals what goes from one computer to another by USB stick or mail into one file, and opens it. The file is a plain tar of
// two members: parcel.age.minisig, the sender's signature, and parcel.age, encrypted for the recipients. Inside is a tar again:
// manifest.json.minisig and manifest.json, which names sender, recipients and every file with its digest, then the files. So a parcel
// can be checked and read with tar, minisign and age alone, and what one recipient opened he cannot seal on to another as the sender's.
//
// Nothing is compressed, so nothing can swell. It never writes to a disk, never believes a name, a size or a sender before it is checked,
// takes nothing from nobody known, and knows nothing of what the files mean: Manifest.Kind tells the caller.
package parcel
