"""What is an operation given in its tests: how samples are declared, drawn and run?"""
