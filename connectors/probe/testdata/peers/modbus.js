// Plays a Modbus/TCP device by another implementation: node modbus.js <address> …
const {ServerTCP} = require("modbus-serial");
for (const host of process.argv.slice(2)) {
  const s = new ServerTCP({readDeviceIdentification: u => ({0: "Zeta Drives", 1: "ZD-40", 2: "v1.7"})}, {host, port: 502, unitID: 1});
  s.on("initialized", () => console.log("ready", host));
  setTimeout(() => console.log("ready", host), 500);
}
