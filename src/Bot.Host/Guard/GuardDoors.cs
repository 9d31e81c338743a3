using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using IPNetwork = System.Net.IPNetwork;

namespace Bot.Host.Guard;

/// <summary>Stands before every address of this host: who asks, how often, how much and how slowly, and what every answer carries.</summary>
public static class GuardDoors
{
    /// <param name="proxies">Believed when they say for whom they ask; everybody else's word for that is ignored.</param>
    public static void AddGuard(this IServiceCollection services, DoorLimits limits, IReadOnlyList<IPNetwork> proxies)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Body;
            kestrel.Limits.RequestHeadersTimeout = limits.Headers;
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // As far back as the chain is of proxies we know.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
            {
                forwarded.KnownIPNetworks.Add(proxy);
            }
        });
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = limits.Request, TimeoutStatusCode = StatusCodes.Status408RequestTimeout });
        services.AddSingleton(new CountSources(limits)).AddRateLimiter(options => CountSources.Limit(options, limits));
    }

    public static void UseGuard(this IApplicationBuilder app)
    {
        var count = app.ApplicationServices.GetRequiredService<CountSources>();
        app.UseForwardedHeaders();
        app.Use(SafeHeaders.AddAsync);
        app.UseRequestTimeouts();
        app.Use(count.CountRefusedAsync);
        app.UseRateLimiter();
    }
}
