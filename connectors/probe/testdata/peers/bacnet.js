// Plays a BACnet/IP device: node bacnet.js <address>
const bacnet = require("node-bacnet");
const host = process.argv[2];
const c = new bacnet({port: 47808, interface: host, broadcastAddress: host});
const str = s => [{type: 7, value: s}];
c.on("whoIs", d => c.iAmResponse(d.header.sender, 4711, 3, 260));
c.on("readProperty", d => {
  const v = {77: "AHU-1", 121: "Acme Controls", 70: "AHC-20", 44: "2.4.1"}[d.payload.property.id];
  if (v) c.readPropertyResponse(d.header.sender, d.invokeId, d.payload.objectId, d.payload.property, str(v));
  else c.errorResponse(d.header.sender, d.service, d.invokeId, 2, 32);
});
c.on("listening", () => console.log("ready", host));
setTimeout(() => console.log("ready", host), 500);
