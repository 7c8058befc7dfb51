"""The promises about stored data, put to the test with force. See `__main__`."""
