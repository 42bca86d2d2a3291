// Plays an S7 PLC: node s7.js <address> …
const snap7 = require("node-snap7");
for (const host of process.argv.slice(2)) {
  const s = new snap7.S7Server();
  s.StartTo(host, e => { if (e) { console.error(s.ErrorText(e)); process.exit(1); } console.log("ready", host); });
  setInterval(() => s, 1 << 30);
}
