/* A stand-in for bcryptprimitives.dll, which Wine 8 lacks and every Windows 10 has: Go asks it for random bytes. For tests only, shipped nowhere. */
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n) { return SystemFunction036(p, (ULONG)n); }
