"""The table of rules (规则表): every rule there is, in the order of the contract.

A rule is one module with `RULE` and, beside it, one page in Chinese that documents it and is run as its
test. `find` yields what breaks the rule in a linked site; rules of the loader, the validator and
the renderer have none, since those stages report them on the spot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import NamedTuple

from generator.finding import Finding, Rule
from generator.model import Site
from generator.rules import (
    address_gone,
    bad_attachment,
    bad_wordlist,
    bank_card,
    bare_ip,
    broken_anchor,
    broken_external,
    broken_file,
    broken_page,
    broken_reference,
    broken_template,
    conflicting_links,
    copied_interpretation,
    date_order,
    document_number_format,
    duplicate_document,
    duplicate_document_number,
    duplicate_id,
    duplicate_index_number,
    embedded_metadata,
    empty_column,
    empty_link,
    expired_status,
    expired_waiver,
    footer_marks,
    foreign_canonical,
    front_matter,
    guide_fields,
    guide_stale,
    heading_order,
    hidden_link,
    hijacked_site,
    home_address,
    index_number_changed,
    index_number_format,
    internal_host,
    late_answer,
    late_interpretation,
    late_publication,
    late_work_points,
    legacy_host,
    lost_link,
    malformed_url,
    markup_trap,
    metadata_mismatch,
    misfiled_kind,
    misfiled_normative,
    missing_alt,
    missing_feedback,
    missing_field,
    missing_glyph,
    missing_interpretation,
    missing_subcolumn,
    mixed_content,
    not_for_disclosure,
    numbering_gap,
    path_collision,
    personal_id,
    personal_phone,
    redirected_domain,
    redirected_home,
    redirector_url,
    repealed_target,
    report_balance,
    report_carry_over,
    report_cells,
    report_copied,
    report_gap,
    report_group_sum,
    report_old_form,
    report_overdue,
    report_period,
    report_result_sum,
    report_row_sum,
    report_sections,
    report_stock,
    report_text,
    scrape_residue,
    secrecy_mark,
    self_link,
    short_consultation,
    soft_404,
    stale_column,
    table_header,
    task_incomplete,
    task_overdue,
    temporary_url,
    thin_interpretation,
    third_party_asset,
    uncovered_item,
    undeclared_attachment,
    undeclared_repeal,
    unpublished_target,
    unreported_work_points,
    unreviewed,
    unsafe_file,
    unused_waiver,
    unverified_external,
    vague_link_text,
    wording,
    wrong_attachment,
    wrong_case,
    wrong_encoding,
    wrong_interpretation,
    wrong_issuer,
    wrong_kind,
    wrong_level,
    wrong_number,
    wrong_period,
    wrong_term,
    wrong_title,
    wrong_year,
)

Find = Callable[[Site], Iterable[Finding]]


class Row(NamedTuple):
    """A rule, its group in the contract, and the function that finds what breaks it.

    `is_online` marks what only asking other hosts can tell (`--external`), `is_html` what only HTML can
    show, finished or copied: its page's examples are folders of HTML, published at `HTML_HOST`.
    """

    rule: Rule
    group: str
    find: Find | None = None
    is_online: bool = False
    is_html: bool = False


HTML_HOST = "https://www.example.gov.cn/"
TABLE: tuple[Row, ...] = (
    # Broken links 断链
    Row(broken_page.RULE, "断链", broken_page.find),
    Row(broken_anchor.RULE, "断链", broken_anchor.find),
    Row(broken_file.RULE, "断链", broken_file.find),
    Row(broken_reference.RULE, "断链", broken_reference.find),
    Row(empty_link.RULE, "断链", empty_link.find),
    Row(malformed_url.RULE, "断链", malformed_url.find),
    Row(wrong_case.RULE, "断链", wrong_case.find),
    Row(duplicate_id.RULE, "断链", duplicate_id.find),
    Row(lost_link.RULE, "断链"),
    Row(broken_external.RULE, "断链", is_online=True),
    Row(unverified_external.RULE, "断链", is_online=True),
    # Wrong links 错链
    Row(wrong_year.RULE, "错链", wrong_year.find),
    Row(wrong_period.RULE, "错链", wrong_period.find),
    Row(wrong_number.RULE, "错链", wrong_number.find),
    Row(wrong_issuer.RULE, "错链", wrong_issuer.find),
    Row(wrong_kind.RULE, "错链", wrong_kind.find),
    Row(wrong_title.RULE, "错链", wrong_title.find),
    Row(wrong_level.RULE, "错链", wrong_level.find),
    Row(wrong_attachment.RULE, "错链", wrong_attachment.find),
    Row(bad_attachment.RULE, "错链", bad_attachment.find),
    Row(internal_host.RULE, "错链", internal_host.find),
    Row(bare_ip.RULE, "错链", bare_ip.find),
    Row(repealed_target.RULE, "错链", repealed_target.find),
    Row(unpublished_target.RULE, "错链", unpublished_target.find),
    Row(legacy_host.RULE, "错链", legacy_host.find),
    Row(temporary_url.RULE, "错链", temporary_url.find),
    Row(redirector_url.RULE, "错链", redirector_url.find),
    Row(self_link.RULE, "错链", self_link.find),
    Row(conflicting_links.RULE, "错链", conflicting_links.find),
    Row(hidden_link.RULE, "错链", hidden_link.find),
    Row(mixed_content.RULE, "错链", mixed_content.find),
    Row(third_party_asset.RULE, "错链", third_party_asset.find),
    Row(foreign_canonical.RULE, "错链", is_html=True),
    Row(redirected_home.RULE, "错链", is_online=True),
    Row(redirected_domain.RULE, "错链", is_online=True),
    Row(soft_404.RULE, "错链", is_online=True),
    Row(hijacked_site.RULE, "错链", is_online=True),
    # Mixed-up content 内容混杂
    Row(misfiled_kind.RULE, "内容混杂", misfiled_kind.find),
    Row(misfiled_normative.RULE, "内容混杂", misfiled_normative.find),
    Row(duplicate_document.RULE, "内容混杂", duplicate_document.find),
    Row(metadata_mismatch.RULE, "内容混杂", metadata_mismatch.find),
    # Columns 栏目
    Row(missing_subcolumn.RULE, "栏目", missing_subcolumn.find),
    Row(empty_column.RULE, "栏目", empty_column.find),
    Row(stale_column.RULE, "栏目", stale_column.find),
    Row(guide_fields.RULE, "栏目", guide_fields.find),
    Row(guide_stale.RULE, "栏目", guide_stale.find),
    Row(footer_marks.RULE, "栏目", footer_marks.find),
    Row(uncovered_item.RULE, "栏目", uncovered_item.find),
    # Documents 文件
    Row(front_matter.RULE, "文件"),
    Row(missing_field.RULE, "文件"),
    Row(document_number_format.RULE, "文件", document_number_format.find),
    Row(duplicate_document_number.RULE, "文件", duplicate_document_number.find),
    Row(index_number_format.RULE, "文件", index_number_format.find),
    Row(duplicate_index_number.RULE, "文件", duplicate_index_number.find),
    Row(index_number_changed.RULE, "文件", index_number_changed.find),
    Row(date_order.RULE, "文件", date_order.find),
    Row(late_publication.RULE, "文件", late_publication.find),
    Row(expired_status.RULE, "文件", expired_status.find),
    Row(wrong_term.RULE, "文件", wrong_term.find),
    Row(undeclared_repeal.RULE, "文件", undeclared_repeal.find),
    Row(undeclared_attachment.RULE, "文件", undeclared_attachment.find),
    Row(scrape_residue.RULE, "文件", scrape_residue.find),
    Row(numbering_gap.RULE, "文件", numbering_gap.find),
    Row(markup_trap.RULE, "文件", markup_trap.find),
    Row(wording.RULE, "文件", wording.find),
    Row(bad_wordlist.RULE, "文件"),
    Row(path_collision.RULE, "文件", path_collision.find),
    Row(address_gone.RULE, "文件", address_gone.find),
    Row(unsafe_file.RULE, "文件"),
    Row(broken_template.RULE, "文件"),
    Row(missing_glyph.RULE, "文件"),
    Row(wrong_encoding.RULE, "文件", is_html=True),
    # Policy and interpretation 政策解读
    Row(missing_interpretation.RULE, "政策解读", missing_interpretation.find),
    Row(late_interpretation.RULE, "政策解读", late_interpretation.find),
    Row(wrong_interpretation.RULE, "政策解读", wrong_interpretation.find),
    Row(thin_interpretation.RULE, "政策解读", thin_interpretation.find),
    Row(copied_interpretation.RULE, "政策解读", copied_interpretation.find),
    # Annual reports 年度报告
    Row(report_sections.RULE, "年度报告", report_sections.find),
    Row(report_cells.RULE, "年度报告", report_cells.find),
    Row(report_balance.RULE, "年度报告", report_balance.find),
    Row(report_result_sum.RULE, "年度报告", report_result_sum.find),
    Row(report_row_sum.RULE, "年度报告", report_row_sum.find),
    Row(report_group_sum.RULE, "年度报告", report_group_sum.find),
    Row(report_carry_over.RULE, "年度报告", report_carry_over.find),
    Row(report_stock.RULE, "年度报告", report_stock.find),
    Row(report_text.RULE, "年度报告", report_text.find),
    Row(report_period.RULE, "年度报告", report_period.find),
    Row(report_old_form.RULE, "年度报告", report_old_form.find),
    Row(report_overdue.RULE, "年度报告", report_overdue.find),
    Row(report_gap.RULE, "年度报告", report_gap.find),
    Row(report_copied.RULE, "年度报告", report_copied.find),
    # Work points 工作要点
    Row(task_incomplete.RULE, "工作要点", task_incomplete.find),
    Row(task_overdue.RULE, "工作要点", task_overdue.find),
    Row(late_work_points.RULE, "工作要点", late_work_points.find),
    Row(unreported_work_points.RULE, "工作要点", unreported_work_points.find),
    # Consultations and questions 互动回应
    Row(short_consultation.RULE, "互动回应", short_consultation.find),
    Row(missing_feedback.RULE, "互动回应", missing_feedback.find),
    Row(late_answer.RULE, "互动回应", late_answer.find),
    # Disclosure gate 公开审查
    Row(not_for_disclosure.RULE, "公开审查", not_for_disclosure.find),
    Row(unreviewed.RULE, "公开审查", unreviewed.find),
    Row(secrecy_mark.RULE, "公开审查", secrecy_mark.find),
    Row(personal_id.RULE, "公开审查", personal_id.find),
    Row(bank_card.RULE, "公开审查", bank_card.find),
    Row(personal_phone.RULE, "公开审查", personal_phone.find),
    Row(home_address.RULE, "公开审查", home_address.find),
    Row(embedded_metadata.RULE, "公开审查", embedded_metadata.find),
    # Accessibility 无障碍
    Row(missing_alt.RULE, "无障碍", missing_alt.find),
    Row(heading_order.RULE, "无障碍", heading_order.find),
    Row(table_header.RULE, "无障碍", table_header.find),
    Row(vague_link_text.RULE, "无障碍", vague_link_text.find),
    # Waivers 豁免: judged by the check itself
    Row(expired_waiver.RULE, "豁免"),
    Row(unused_waiver.RULE, "豁免"),
)
BY_NAME: dict[str, Row] = {row.rule.name: row for row in TABLE}
ONLINE: frozenset[str] = frozenset(row.rule.name for row in TABLE if row.is_online)
# Rules that look into the files to publish; a run without them need not open any.
LOOKING_INSIDE: frozenset[str] = frozenset(
    one.RULE.name
    for one in (
        bad_attachment,
        secrecy_mark,
        personal_id,
        bank_card,
        personal_phone,
        home_address,
        embedded_metadata,
    )
)
NAMES: frozenset[str] = frozenset(BY_NAME)


def page(name: str) -> str:
    """The page that explains the rule `name`, in Markdown; KeyError for an unknown name."""
    rule = BY_NAME[name].rule
    return (files(__name__) / f"{rule.name.replace('-', '_')}.md").read_text(encoding="utf-8")
