using Bot.Chat;
using Bot.Checkups;
using Bot.Store;
using Bot.Teams.Cards;
using Bot.Teams.Checkups;
using Bot.Teams.Connector;
using Bot.Teams.Inbound;
using Bot.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Teams;

/// <summary>Brings Microsoft Teams into a host.</summary>
public static class AddTeamsExtensions
{
    /// <param name="store">The product's: Teams' own tables live beside the product's.</param>
    public static IServiceCollection AddTeams(this IServiceCollection services, TeamsOptions options, StoreAddress store)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Measures>();
        services.AddConnector(options, store).AddSingleton<RenderTeams>();
        services.AddHttpClient(SigningKeys.Client, client => client.MaxResponseContentBufferSize = SigningKeys.LongestDocument)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false });
        services.AddDataProtection();
        services.AddInbound();
        services.AddSingleton<ICheckup, CheckTeams>();
        services.AddSingleton<SigningKeys>().AddSingleton<CheckToken>().AddSingleton<SealForms>().AddSingleton<SendReply>();
        services.AddSingleton<TakeWords>().AddSingleton<TakeButton>().AddSingleton<TakeDialog>().AddSingleton<TakePresence>().AddSingleton<TakeActivity>().AddSingleton<ReceiveTeams>();
        return services;
    }
}
