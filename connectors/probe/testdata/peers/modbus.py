# Plays Modbus/TCP devices: modbus.py <address> ...
import asyncio, sys
from pymodbus.server import StartAsyncTcpServer
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.datastore import ModbusSlaveContext, ModbusServerContext

async def main():
    i = ModbusDeviceIdentification()
    i.VendorName, i.ProductCode, i.MajorMinorRevision = "Acme Meters", "PM-710", "03.110"
    context = ModbusServerContext(slaves=ModbusSlaveContext(), single=True)
    for host in sys.argv[1:]:
        asyncio.ensure_future(StartAsyncTcpServer(context=context, identity=i, address=(host, 502)))
        print("ready", host, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
