package routes.workbench.lint;

import routes.workbench.model.Project;

/** Looks for the problems of one rule, or of a family of rules. */
interface Check {

    void check(Project project, Report report);
}
