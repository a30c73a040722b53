# Every outside library, named once. Debian packages: tools/packages/build.txt; wheels and npm data: tools/setup.sh into .deps/.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(date REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(GTest)

add_library(bole_warnings INTERFACE)
if(NOT BOLE_FUZZ)  # GCC judges the code; clang's other opinions are not ours to fix
  target_compile_options(bole_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
                         -Wno-missing-field-initializers)  # designated initialisers name what they set
endif()

# bole_pkg(<name> <pkg-config modules>...): an imported target dep::<name>, its headers as system headers.
function(bole_pkg name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(dep::${name} ALIAS PkgConfig::${name})
  get_target_property(dirs PkgConfig::${name} INTERFACE_INCLUDE_DIRECTORIES)
  if(dirs)
    foreach(dir ${dirs})  # sphinxbase names a folder that Debian does not have
      if(NOT EXISTS ${dir})
        list(REMOVE_ITEM dirs ${dir})
      endif()
    endforeach()
    set_target_properties(PkgConfig::${name} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${dirs}"
                          INTERFACE_INCLUDE_DIRECTORIES "${dirs}")
  endif()
endfunction()
bole_pkg(sqlite sqlite3)
bole_pkg(pq libpq)
bole_pkg(botan botan-2)
bole_pkg(ffmpeg libavformat libavcodec libavutil libswresample libswscale)
bole_pkg(aubio aubio)
bole_pkg(pango pangocairo cairo cairo-pdf pangoft2 fontconfig)
bole_pkg(zip libzip)
bole_pkg(pugixml pugixml)
bole_pkg(expat expat)
bole_pkg(xlsxwriter xlsxwriter)
bole_pkg(poppler poppler-cpp)
bole_pkg(qrencode libqrencode)
bole_pkg(pocketsphinx pocketsphinx sphinxbase)
bole_pkg(eigen eigen3)

# Single modules of OpenCV: the full package would pull hundreds of shared objects.
add_library(dep_opencv INTERFACE)
target_include_directories(dep_opencv SYSTEM INTERFACE /usr/include/opencv4)
target_link_libraries(dep_opencv INTERFACE opencv_core opencv_imgproc opencv_calib3d)
add_library(dep::opencv ALIAS dep_opencv)

add_library(dep_soci INTERFACE)
target_link_libraries(dep_soci INTERFACE soci_core soci_sqlite3 soci_postgresql PkgConfig::sqlite PkgConfig::pq)
target_include_directories(dep_soci SYSTEM INTERFACE /usr/include/postgresql)
add_library(dep::soci ALIAS dep_soci)

# Wheels: headers and shared libraries inside the project's own virtual environment.
set(BOLE_DEPS_DIR ${CMAKE_SOURCE_DIR}/.deps CACHE PATH "What tools/setup.sh installed")
file(GLOB BOLE_SITE ${BOLE_DEPS_DIR}/venv/lib/python3*/site-packages)
if(NOT BOLE_SITE)
  message(FATAL_ERROR "The wheels are missing in ${BOLE_DEPS_DIR}: run ./run.sh --setup")
endif()
include(MediaDependencies)
