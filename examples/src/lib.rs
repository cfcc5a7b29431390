//! Nothing but examples: each file beside this folder is one.
