// placeholder until set up
