using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Web.Tests.Links;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Tests.Reports;

/// <summary>A server with half a year of a loop, and a link to its report.</summary>
internal static class ReportHost
{
    public static readonly DateOnly Last = new(2026, 11, 19);

    public static async Task<LinkHost> StartAsync()
    {
        var host = await LinkHost.StartAsync();
        var ana = await host.PersonAsync("ana");
        await host.UseAsync(async db =>
        {
            new ReportRows(db, await db.Loops.SingleAsync(), ana, Last, host.Clock).Add(await db.Initiatives.SingleAsync());
            (await db.Channels.SingleAsync()).Name = "churn";
            await db.SaveChangesAsync();
        });
        return host;
    }

    public static string Report(this LinkHost host) => LinkHost.Local(host.Links.Report(host.Loop.WorkspaceId, host.Loop.InitiativeId));

    public static Task<string> PageAsync(this LinkHost host) => host.Http.GetStringAsync(host.Report());

    /// <summary>A link that binds these two, whether or not they belong together.</summary>
    public static string ReportOf(this LinkHost host, WorkspaceId workspace, InitiativeId initiative) => LinkHost.Local(host.Links.Report(workspace, initiative));
}
