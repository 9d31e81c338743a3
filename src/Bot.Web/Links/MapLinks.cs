using Bot.Web.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bot.Web.Links;

/// <summary>Gives the pages and files behind links their addresses.</summary>
public static class LinkEndpoints
{
    /// <summary>Fifty megabytes over a slow line.</summary>
    private static readonly TimeSpan Upload = TimeSpan.FromMinutes(5);

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/exports</c>, <c>/imports</c>, <c>/reports</c> and the style sheets of their pages.</summary>
        public IEndpointConventionBuilder MapLinks()
        {
            var all = routes.MapGroup("").AddEndpointFilter(LinkHeaders.AddAsync);
            all.MapGet("/exports/{token}/{file}", DownloadExport.HandleAsync);
            all.MapGet("/imports/{token}", ImportPages.ShowAsync);
            all.MapPost("/imports/{token}", ImportPages.TakeAsync).AddEndpointFilter(LinkHeaders.RefuseOtherSitesAsync).WithRequestTimeout(Upload);
            all.MapGet(LinkStyle.Path, LinkStyle.Sheet.Handle);
            all.MapGet("/reports/{token}", ShowReport.PageAsync).AddEndpointFilter(ShowReport.KeepToYourselfAsync);
            all.MapGet("/reports/{token}/weeks.csv", ShowReport.WeeksAsync).AddEndpointFilter(ShowReport.KeepToYourselfAsync);
            all.MapGet("/reports/" + ReportStyle.File, ReportStyle.Sheet.Handle);
            return all;
        }
    }
}
