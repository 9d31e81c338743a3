using Bot.Web.Links;

namespace Bot.Web.Reports;

/// <summary>The style sheet of the report, beside it, so that it is found behind a proxy that adds a path.</summary>
public static class ReportStyle
{
    public const string File = "report.css";

    public static Sheet Sheet { get; } = new("reports/report.css");
}
