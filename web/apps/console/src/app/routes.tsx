import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouteError } from '../components/RouteError';
import { Loading } from '../components/States';
import { RequireSession } from './session';
import { Shell } from './Shell';

type Page = Promise<{ default: React.ComponentType }>;

/** A page is loaded when it is first opened. */
function page(path: string, load: () => Page): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).default }) };
}

export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteError,
    HydrateFallback: () => <Loading full />,
    children: [
      page('/sign-in', () => import('../pages/sign-in')),
      {
        element: <RequireSession><Shell /></RequireSession>,
        children: [
          {
            ErrorBoundary: RouteError,
            children: [
              page('/', () => import('../pages/home')),
              page('/organisation', () => import('../pages/organisation')),
              page('/calendars', () => import('../pages/calendars')),
              page('/jobs', () => import('../pages/jobs')),
              page('/candidates', () => import('../pages/candidates')),
              page('/candidates/:id', () => import('../pages/person-file')),
              page('/employees', () => import('../pages/employees')),
              page('/employees/:id', () => import('../pages/employee')),
              page('/questions', () => import('../pages/questions')),
              page('/plans', () => import('../pages/plans')),
              page('/plans/:id', () => import('../pages/plan-editor')),
              page('/plans/:id/versions', () => import('../pages/plan-versions')),
              page('/plans/:id/difference', () => import('../pages/plan-difference')),
              page('/interviews', () => import('../pages/interviews')),
              page('/interviews/:id/report', () => import('../pages/report')),
              page('/messages', () => import('../pages/messages')),
              page('/privacy', () => import('../pages/privacy')),
              page('/privacy/:tab', () => import('../pages/privacy')),
              page('/settings/users', () => import('../pages/users')),
              page('/settings/roles', () => import('../pages/roles')),
              page('/settings/access', () => import('../pages/access')),
              page('/settings/security', () => import('../pages/security')),
              page('/settings/fields', () => import('../pages/fields')),
              page('/settings/scoring', () => import('../pages/scoring-models')),
              page('/settings/audit', () => import('../pages/audit')),
              page('/settings/imports', () => import('../pages/imports')),
              page('/profile', () => import('../pages/profile')),
              page('*', () => import('../pages/not-found')),
            ],
          },
        ],
      },
    ],
  },
]);
