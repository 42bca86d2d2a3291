// Plays OPC UA servers: node opcua.js <address>[=machinery] …
const {OPCUAServer, nodesets, AddressSpace, coerceLocalizedText} = require("node-opcua");
(async () => {
  for (const arg of process.argv.slice(2)) {
    const [host, kind] = arg.split("=");
    const s = new OPCUAServer({
      port: 4840, host, hostname: host, resourcePath: "/",
      serverInfo: {applicationUri: "urn:factory:" + host, productUri: "urn:acme:press-controller", applicationName: {text: "Press controller " + host, locale: "en"}},
      buildInfo: {productName: "Press controller", manufacturerName: "Acme Machines", softwareVersion: "3.2.1", buildNumber: "77"},
      nodeset_filename: kind ? [nodesets.standard, nodesets.di, nodesets.ia, nodesets.machinery] : [nodesets.standard],
      serverCertificateManager: undefined, registerServerMethod: 1,
    });
    await s.initialize();
    if (kind) {
      const space = s.engine.addressSpace, own = space.getOwnNamespace();
      const m = space.getNamespaceIndex("http://opcfoundation.org/UA/Machinery/");
      const di = space.getNamespaceIndex("http://opcfoundation.org/UA/DI/");
      const machines = space.findNode(`ns=${m};i=1001`);
      const machine = own.addObject({browseName: "Press 1", organizedBy: machines});
      const type = space.findObjectType("MachineIdentificationType", m);
      const ident = type.instantiate({browseName: {name: "Identification", namespaceIndex: di}, componentOf: machine, optionals: ["Model", "ProductCode", "SoftwareRevision", "YearOfConstruction"]});
      const set = (n, v, t) => { const x = ident.getComponentByName(n) || ident.getPropertyByName(n); if (x) x.setValueFromSource({dataType: t || "String", value: v}); else console.error("no", n); };
      set("Manufacturer", {text: "Acme Machines"}, "LocalizedText");
      set("Model", {text: "Press 9000"}, "LocalizedText");
      set("SerialNumber", "P9-000123");
      set("ProductInstanceUri", "urn:acme:p9:000123");
      set("ProductCode", "P9000-A");
      set("SoftwareRevision", "3.2.1");
      set("YearOfConstruction", 2021, "UInt16");
    }
    await s.start();
    console.log("ready", host);
  }
})().catch(e => { console.error(e); process.exit(1); });
