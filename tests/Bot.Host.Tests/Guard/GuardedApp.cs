using Bot.Host.Guard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Host.Tests.Guard;

/// <summary>The guard alone, with limits that a test reaches soon, before one address that reads all it is sent.</summary>
internal static class GuardedApp
{
    public const string Address = "/take";

    public static async Task<WebApplication> StartAsync(DoorLimits limits, params System.Net.IPNetwork[] proxies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGuard(limits, proxies);
        var app = builder.Build();
        app.UseGuard();
        app.Map(Address, async (HttpContext call) =>
        {
            await call.Request.Body.CopyToAsync(Stream.Null, call.RequestAborted);
            return "taken";
        });
        await app.StartAsync();
        return app;
    }
}
