using Bot.Chat;
using Bot.Checkups;
using Bot.Retention;
using Bot.Slack.Api;
using Bot.Slack.Blocks;
using Bot.Slack.Checkups;
using Bot.Slack.Inbound;
using Bot.Slack.Install;
using Bot.Slack.Install.Store;
using Bot.Slack.Sockets;
using Bot.Store;
using Bot.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Bot.Slack;

/// <summary>Brings Slack into a host.</summary>
public static class AddSlackExtensions
{
    /// <param name="store">The product's: Slack's own tables live beside the product's.</param>
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackOptions options, StoreAddress store)
    {
        services.AddRazorComponents();
        services.AddDbContextFactory<SlackDb>(db => db.UseStore(store, SlackDb.HistoryTable));
        services.AddHttpClient(SlackApi.Client, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("Afterpilot"))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
            // Addresses of answers are secrets, and the client would log them.
            .RemoveAllLoggers();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Measures>();
        services.AddSingleton(options).AddSingleton<Rates>().AddSingleton<SlackApi>().AddSingleton<RenderBlocks>().AddSingleton<ConfiguredToken>().AddSingleton<Installations>().AddSingleton<IPlatformTables, DeleteTeam>().AddSingleton<TellOnce>().AddSingleton<SlackPeople>();
        services.AddSingleton<SlackPlatform>().AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<SlackPlatform>());
        services.AddSingleton<Deliveries>().AddSingleton<Meanwhile>().AddSingleton<AnswerReply>().AddSingleton<ShowHomeTab>().AddSingleton<CheckMembership>().AddSingleton<KeepDrafts>();
        services.AddSingleton<TakeCommand>().AddSingleton<TakeAction>().AddSingleton<TakeView>().AddSingleton<TakeEvent>().AddSingleton<TakeAccess>().AddSingleton<TakeSlack>();
        services.AddSingleton<ICheckup, CheckSlack>();
        services.AddHostedService<OpenSlackStore>();
        services.AddHostedService(provider => provider.GetRequiredService<KeepDrafts>());
        services.AddInbound();
        if (options.SigningSecret is not null)
        {
            services.AddSingleton<ReceiveSlack>();
        }

        if (options.ClientId is not null)
        {
            services.AddSingleton<BeginInstallation>().AddSingleton<FinishInstallation>().AddSingleton<InstallLimits>();
        }

        if (options.AppToken is not null)
        {
            services.AddHostedService<SocketMode>();
        }

        return services;
    }
}

/// <summary>Before anything else of the host starts: Slack's own tables.</summary>
internal sealed class OpenSlackStore(IDbContextFactory<SlackDb> stores) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await stores.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateStoreAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
