using System.Net;
using Bot.Exports;
using Bot.Initiatives;
using Bot.Web.Tests.Links;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Tests.Reports;

// A link of a report: opens the page and its CSV; ended, changed, foreign, of another purpose, of what is gone; what its answers carry.
public sealed class ReportLinkTests
{
    [Fact]
    public async Task A_link_opens_the_page_and_its_weeks_and_both_are_kept_nowhere()
    {
        await using var host = await ReportHost.StartAsync();

        using var page = await host.Http.GetAsync(host.Report());
        using var weeks = await host.Http.GetAsync(host.Report() + "/weeks.csv");

        Assert.StartsWith("https://pilot.example.org/afterpilot/reports/", host.Links.Report(host.Loop.WorkspaceId, host.Loop.InitiativeId).AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (weeks.StatusCode, weeks.Content.Headers.ContentType!.MediaType));
        Assert.Equal("churn---predictor-weeks.csv", weeks.Content.Headers.ContentDisposition!.FileName);
        Assert.All([page, weeks], answer =>
        {
            Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("noindex", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        });
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain("script", policy);
        Assert.DoesNotContain("unsafe", policy);
    }

    [Fact]
    public async Task The_page_needs_no_script_no_inline_style_and_nothing_from_elsewhere()
    {
        await using var host = await ReportHost.StartAsync();

        var page = await host.PageAsync();
        using var style = await host.Http.GetAsync("/reports/report.css");

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("style=", page);
        Assert.DoesNotContain("://", page);
        Assert.Contains("href=\"report.css\"", page);
        Assert.Equal((HttpStatusCode.OK, "text/css"), (style.StatusCode, style.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_link_ends_after_fourteen_days_of_the_products_clock()
    {
        await using var host = await ReportHost.StartAsync();
        var link = host.Report();

        host.Clock.Now += TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1);
        using var within = await host.Http.GetAsync(link);
        host.Clock.Now += TimeSpan.FromSeconds(1);
        using var after = await host.Http.GetAsync(link);
        using var file = await host.Http.GetAsync(link + "/weeks.csv");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (within.StatusCode, after.StatusCode, file.StatusCode));
        Assert.Contains("/pilot report", await after.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_opens_nothing_is_answered_alike_whatever_the_reason()
    {
        await using var host = await ReportHost.StartAsync();
        var other = await host.AddWorkspaceAsync("other");
        var link = host.Report();
        var token = link.Split('/')[2];
        var ana = await host.PersonAsync("ana");
        var gone = await BodyAsync(host, "/reports/none");
        string[] wrong =
        [
            host.ReportOf(other.WorkspaceId, host.Loop.InitiativeId), host.ReportOf(host.Loop.WorkspaceId, other.InitiativeId),
            host.ReportOf(host.Loop.WorkspaceId, new InitiativeId(Guid.NewGuid())),
            "/reports/" + LinkHost.Local(host.Links.Export(host.Loop.Id, ana, ExportFile.Weeks)).Split('/')[2],
            "/reports/" + LinkHost.Local(host.Links.Import(host.Loop.Id, ana)).Split('/')[2],
            "/reports/" + token[..^8], "/reports/%20%ff", "/reports/" + new string('A', 4000),
            .. new[] { 0, token.Length / 2, token.Length - 5 }.Select(at => "/reports/" + token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]),
        ];

        foreach (var path in wrong.SelectMany(w => new[] { w, w + "/weeks.csv" }))
        {
            Assert.Equal(gone, await BodyAsync(host, path));
        }
    }

    [Fact]
    public async Task A_token_of_a_report_opens_no_export_and_no_import()
    {
        await using var host = await ReportHost.StartAsync();
        var token = host.Report().Split('/')[2];

        foreach (var path in new[] { $"/exports/{token}/weeks.csv", $"/imports/{token}" })
        {
            using var answer = await host.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_initiative_that_is_gone_and_a_workspace_the_bot_left_have_no_report_any_more()
    {
        await using var host = await ReportHost.StartAsync();
        var link = host.Report();
        var gone = await BodyAsync(host, "/reports/none");

        await host.UseAsync(db => db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.RemovedAt, host.Clock.Now)));
        Assert.Equal(gone, await BodyAsync(host, link));
        await host.UseAsync(db => db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.RemovedAt, (DateTimeOffset?)null)));
        await host.UseAsync(db => db.Initiatives.ExecuteDeleteAsync());
        Assert.Equal(gone, await BodyAsync(host, link));
    }

    [Fact]
    public async Task Nothing_of_another_initiative_or_workspace_is_on_the_page()
    {
        await using var host = await ReportHost.StartAsync();
        var other = await host.AddWorkspaceAsync("other");

        var page = await host.Http.GetStringAsync(host.ReportOf(other.WorkspaceId, other.InitiativeId));

        Assert.DoesNotContain("north region", page);
        Assert.DoesNotContain("customer_type", page);
        Assert.Contains("No week is closed yet", page);
    }

    private static async Task<string> BodyAsync(LinkHost host, string path)
    {
        using var answer = await host.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
