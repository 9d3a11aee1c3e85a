"""Addresses of the web face. Names are the words of the address; a clause's address is permanent."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from zhicheng.faces.web.pages import (
    attachments,
    choices,
    commitments,
    compile,
    decision,
    entry,
    incentives,
    overview,
    plan,
    search,
    targets,
    units,
    versions,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", plan.start, name="start"),
    path("plan/", plan.plan, name="plan"),
    path("plan/documents/<slug:key>/", plan.plan, name="document"),
    path("plan/clauses/<slug:key>/", plan.clause, name="clause"),
    path("plan/versions/", versions.versions, name="versions"),
    path("plan/versions/compare/", versions.choose, name="diff-any"),
    path("plan/versions/<int:before>/<int:after>/", versions.compare, name="diff"),
    path("search/", search.search, name="search"),
    path("sign-in/", entry.enter, name="sign-in"),
    path("sign-out/", entry.leave, name="sign-out"),
    path("password/", entry.password, name="password"),
    path("language/", choices.language, name="language"),
    path("display/", choices.display, name="display"),
    path("attachments/<str:address>/", attachments.read, name="attachment"),
    path("compile/", compile.intake, name="compile"),
    path("compile/<int:number>/", compile.draft, name="draft"),
    path("compile/<int:number>/correct/", compile.correct, name="draft-correct"),
    path("compile/<int:number>/undo/", compile.undo, name="draft-undo"),
    path("compile/<int:number>/pieces/<str:identifier>/", compile.piece, name="draft-piece"),
    path("compile/<int:number>/clauses/<str:key>/", compile.clause, name="draft-clause"),
    path("compile/<int:number>/keep/", compile.keep, name="draft-keep"),
    path("compile/<int:number>/discard/", compile.discard, name="draft-discard"),
    path("compile/<int:number>/publish/", compile.publish, name="draft-publish"),
    path("overview/", overview.overview, name="overview"),
    path("targets/", targets.targets, name="targets"),
    path("targets/export/<str:form>/", targets.export, name="targets-export"),
    path("incentives/", incentives.incentives, name="incentives"),
    path("incentives/export/<str:form>/", incentives.export, name="incentives-export"),
    path("incentives/<str:key>/", incentives.incentive, name="incentive"),
    path("units/", units.units, name="units"),
    path("units/<str:key>/", units.unit, name="unit"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("decision/", decision.decision, name="decision"),
]
