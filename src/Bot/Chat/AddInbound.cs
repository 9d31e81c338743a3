using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Bot.Chat;

/// <summary>Brings what adapters share at their doors into a host, once whichever platforms are there.</summary>
public static class AddInboundExtensions
{
    /// <summary>Before what brings it work, as it is stopped after that: a platform's sockets, and the web server, which a host starts last.</summary>
    public static void AddInbound(this IServiceCollection services)
    {
        services.TryAddSingleton<Admission>();
        services.TryAddSingleton<FollowUps>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FollowUps>(provider => provider.GetRequiredService<FollowUps>()));
    }
}
