"""Kernels: functions over arrays, compiled once a machine and started by their address.

`kernel` is what an operation's file needs; `elementary`, `wide` and `moments` are what kernels
compute with. `kernel_cache` keeps machine code on disk; `native` and `machine` start it.
"""
