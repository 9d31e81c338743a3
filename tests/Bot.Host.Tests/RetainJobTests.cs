using Bot.Chat;
using Bot.Host.Scheduling;
using Bot.Retention;
using Bot.Slack;
using Bot.Store;
using Bot.Teams;
using Bot.Teams.Addresses.Store;
using Bot.Tests;
using Bot.Web.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Bot.Host.Tests;

// The job as the host runs it: a removed workspace goes with the platform's own tables, whether the alarm clock is in memory or in the database.
public sealed class RetainJobTests
{
    private const string Tenant = "22222222-2222-2222-2222-222222222222";

    [Fact]
    public async Task A_removed_workspace_goes_with_its_platform_s_tables() => await GoesAsync(await TestStore.MigratedFileAsync());

    [PostgresFact]
    public async Task A_removed_workspace_goes_with_its_platform_s_tables_on_PostgreSQL() => await GoesAsync(await TestStore.MigratedOnServerAsync());

    private static async Task GoesAsync(TestStore store)
    {
        await using var disposed = store;
        using var host = Build(store);
        Assert.Equal(["slack", "teams"], host.Services.GetServices<IPlatformTables>().Select(own => own.Platform.Value).Order());
        await host.StartAsync();
        await FillAsync(store, host.Services);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

        await scheduler.TriggerJob(RetainJob.Key);

        await Eventually.HoldsAsync("the workspace is gone", async () => !await AskAsync(store, db => db.Workspaces.AnyAsync()));
        await using var teams = await host.Services.GetRequiredService<IDbContextFactory<TeamsDb>>().CreateDbContextAsync();
        Assert.Equal(["another tenant"], await teams.People.Select(p => p.TenantId).ToListAsync());
        await host.StopAsync();
    }

    private static IHost Build(TestStore store)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(TimeProvider.System).AddStore(store.Address).AddBot().AddLinks(new Uri("http://localhost:5080")).AddAlarm(store.Address)
            .AddSlack(new SlackOptions { BotToken = "xoxb-1", SigningSecret = "s" }, store.Address)
            .AddTeams(new TeamsOptions { AppId = "11111111-1111-1111-1111-111111111111", TenantId = Tenant, ClientSecret = "s", AllowedTenants = new HashSet<string> { Tenant } }, store.Address);
        return builder.Build();
    }

    private static async Task FillAsync(TestStore store, IServiceProvider services)
    {
        var removed = TimeProvider.System.GetUtcNow().AddDays(-31);
        await using (var teams = await services.GetRequiredService<IDbContextFactory<TeamsDb>>().CreateDbContextAsync())
        {
            teams.AddRange(new[] { Tenant, "another tenant" }.Select(tenant => new KnownPerson { TenantId = tenant, UserId = "29:ada", MetIn = "19:team", SeenAt = removed }));
            await teams.SaveChangesAsync();
        }

        await using var db = store.Open();
        db.Add(new Workspace { Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = new PlatformName("teams"), ExternalId = Tenant, AddedAt = removed.AddDays(-90), RemovedAt = removed });
        await db.SaveChangesAsync();
    }

    private static async Task<T> AskAsync<T>(TestStore store, Func<BotDb, Task<T>> ask)
    {
        await using var db = store.Open();
        return await ask(db);
    }
}
