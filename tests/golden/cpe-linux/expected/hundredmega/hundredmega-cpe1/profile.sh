# An idle shell ends, on the console as well.
readonly TMOUT=300
export TMOUT
