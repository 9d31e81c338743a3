using Bot.Web.Tests.Links;
using Microsoft.EntityFrameworkCore;
namespace Bot.Web.Tests.Reports;
public sealed class PreviewTests
{
    [Fact]
    public async Task Preview()
    {
        await using var host = await LinkHost.StartAsync();
        var ana = await host.PersonAsync("ana");
        await host.UseAsync(async db =>
        {
            new ReportRows(db, await db.Loops.SingleAsync(), ana, new DateOnly(2026, 11, 19), host.Clock).Add(await db.Initiatives.SingleAsync());
            (await db.Channels.SingleAsync()).Name = "churn-predictor";
            (await db.People.FindAsync(ana))!.Name = "Dana Kowalski";
            await db.SaveChangesAsync();
        });
        var link = LinkHost.Local(host.Links.Report(host.Loop.WorkspaceId, host.Loop.InitiativeId));
        var page = await host.Http.GetStringAsync(link);
        Directory.CreateDirectory("/tmp/report");
        await File.WriteAllTextAsync("/tmp/report/report.html", page);
        await File.WriteAllBytesAsync("/tmp/report/weeks.csv", await host.Http.GetByteArrayAsync(link + "/weeks.csv"));
    }
}
