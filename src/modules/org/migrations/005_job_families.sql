-- Job families of the group. The shipped twelve get their competency models when the server starts.
CREATE TABLE org_job_family (
  key TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  rank BIGINT NOT NULL,
  state TEXT NOT NULL,
  competencies TEXT NOT NULL,
  version BIGINT NOT NULL
);
INSERT INTO org_job_family (key, name_zh, name_en, rank, state, competencies, version) VALUES
  ('teller', '柜员', 'Teller', 10, 'active', '[]', 1),
  ('account_manager', '客户经理', 'Account manager', 20, 'active', '[]', 1),
  ('risk', '风险', 'Risk', 30, 'active', '[]', 1),
  ('sales', '销售', 'Sales', 40, 'active', '[]', 1),
  ('engineering', '技术研发', 'Engineering', 50, 'active', '[]', 1),
  ('customer_service', '客服', 'Customer service', 60, 'active', '[]', 1),
  ('store', '门店', 'Store staff', 70, 'active', '[]', 1),
  ('manager', '管理', 'Management', 80, 'active', '[]', 1),
  ('hr', '人力资源', 'Human resources', 90, 'active', '[]', 1),
  ('finance', '财务', 'Finance', 100, 'active', '[]', 1),
  ('operations', '运营', 'Operations', 110, 'active', '[]', 1),
  ('general', '通用', 'General', 120, 'active', '[]', 1);
