using Bot.Chat;
using Bot.Retention;
using Bot.Store;
using Bot.Teams.Addresses;
using Bot.Teams.Addresses.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bot.Teams.Connector;

/// <summary>Brings what speaks to Teams into a host.</summary>
internal static class AddConnectorExtensions
{
    /// <param name="store">The product's: Teams' own tables live beside the product's.</param>
    public static IServiceCollection AddConnector(this IServiceCollection services, TeamsOptions options, StoreAddress store)
    {
        services.AddPooledDbContextFactory<TeamsDb>(db => db.UseStore(store, TeamsDb.HistoryTable));
        foreach (var client in new[] { ConnectorCall.Client, ConnectorToken.Client })
        {
            services.AddHttpClient(client, http => http.DefaultRequestHeaders.UserAgent.ParseAdd("Afterpilot"))
                // A redirect would carry the bot's token to a host that nobody allowed.
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
                .RemoveAllLoggers();
        }

        services.AddSingleton(options).AddSingleton<Admins>().AddSingleton<References>().AddSingleton<IPlatformTables, DeleteTenant>();
        services.AddSingleton<ConnectorToken>().AddSingleton<Turns>().AddSingleton<ConnectorCall>().AddSingleton<ConnectorClient>();
        services.AddSingleton<TeamsPlatform>().AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<TeamsPlatform>());
        services.AddHostedService<OpenTeamsStore>();
        return services;
    }
}

/// <summary>Before anything else of the host starts: Teams' own tables.</summary>
internal sealed class OpenTeamsStore(IDbContextFactory<TeamsDb> stores) : IHostedLifecycleService
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
