-- What the engines saw and heard in each answer, what the scorer made of it, and the reports.
CREATE TABLE answer_analysis (
  answer_id TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL,
  parts BIGINT NOT NULL,
  signals TEXT NOT NULL,
  assessment TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX answer_analysis_interview ON answer_analysis (interview_id);
-- A transcript that a person brought (SRT or WebVTT); takes the place of speech recognition.
CREATE TABLE answer_transcript (
  answer_id TEXT PRIMARY KEY,
  content TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE interview_report (
  interview_id TEXT PRIMARY KEY,
  report TEXT NOT NULL,
  model_id TEXT NOT NULL,
  model_version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
