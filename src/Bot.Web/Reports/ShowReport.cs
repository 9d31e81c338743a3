using Bot.Reports;
using Bot.Web.Links;
using Bot.Web.Reports.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Web.Reports;

/// <summary>Somebody follows a link to a report: reads it, or takes its weeks along as CSV.</summary>
public static class ShowReport
{
    public static async Task<IResult> PageAsync(string token, DataProtectionLinks links, ReadReport read, CancellationToken ct) =>
        links.ReadReport(token) is { } link && await read.OfAsync(link, ct) is { } report
            ? new RazorComponentResult<ReportPage>(new { Report = report, Token = token, link.Until }) { PreventStreamingRendering = true }
            : Gone.Report();

    public static async Task<IResult> WeeksAsync(string token, DataProtectionLinks links, ReadReport read, CancellationToken ct) =>
        links.ReadReport(token) is { } link && await read.OfAsync(link, ct) is { } report
            ? Results.File(WriteReportWeeks.Csv(report), "text/csv; charset=utf-8", $"{DownloadExport.FileName(report.Initiative.Name)}-weeks.csv")
            : Gone.Report();

    /// <summary>Nothing is posted from a report, so unlike the import pages it can keep its address to itself altogether.</summary>
    public static ValueTask<object?> KeepToYourselfAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        call.HttpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        call.HttpContext.Response.Headers.CacheControl = "private, no-store";
        return next(call);
    }
}
