#include <cmath>
#include <opencv2/calib3d.hpp>
#include <vector>

#include "media/face/face_engine.hpp"

namespace bole::media {
namespace {

struct RigidPoint {
  std::size_t landmark;
  cv::Point3d head;  // millimetres from the tip of the nose: x to the picture's right, y down, z away from the camera
};
// An average adult head.
RigidPoint const kPoints[] = {{30, {0, 0, 0}},           {8, {0, 63.6, 12.5}},     {36, {-43.3, -32.7, 26}},
                              {45, {43.3, -32.7, 26}},   {39, {-16.5, -32, 22}},   {42, {16.5, -32, 22}},
                              {48, {-28.9, 28.9, 24.1}}, {54, {28.9, 28.9, 24.1}}, {31, {-13, 9, 13}},
                              {35, {13, 9, 13}},         {27, {0, -36, 15}},       {33, {0, 12, 9}},
                              {17, {-54, -47, 33}},      {26, {54, -47, 33}}};

}  // namespace

HeadPose EstimatePose(Landmarks const& landmarks, int width, int height) {
  std::vector<cv::Point3d> head;
  std::vector<cv::Point2d> seen;
  for (auto const& point : kPoints) {
    head.push_back(point.head);
    seen.emplace_back(landmarks[point.landmark].x, landmarks[point.landmark].y);
  }
  double const focal = width;
  cv::Matx33d const camera(focal, 0, width / 2.0, 0, focal, height / 2.0, 0, 0, 1);
  cv::Mat rotation, translation, matrix;
  HeadPose pose;
  try {  // OpenCV throws when the points lie on one line
    if (!cv::solvePnP(head, seen, camera, cv::noArray(), rotation, translation, false, cv::SOLVEPNP_SQPNP)) return pose;
    cv::solvePnPRefineLM(head, seen, camera, cv::noArray(), rotation, translation);
    std::vector<cv::Point2d> again;
    cv::projectPoints(head, rotation, translation, camera, cv::noArray(), again);
    for (std::size_t i = 0; i < again.size(); ++i) pose.error += cv::norm(again[i] - seen[i]);
    double const eyes = std::max(1.0, cv::norm(seen[2] - seen[3]));
    pose.error /= static_cast<double>(again.size()) * eyes;
    cv::Rodrigues(rotation, matrix);
  } catch (cv::Exception const&) {
    return pose;
  }
  constexpr double kDegrees = 180 / CV_PI;
  auto const r = [&](int row, int column) { return matrix.at<double>(row, column); };
  pose.pitch = std::atan2(r(2, 1), r(2, 2)) * kDegrees;
  pose.yaw = std::atan2(-r(2, 0), std::hypot(r(0, 0), r(1, 0))) * kDegrees;
  pose.roll = std::atan2(r(1, 0), r(0, 0)) * kDegrees;
  return pose;
}

}  // namespace bole::media
