using Bot.Slack.Install.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Slack.Install;

/// <summary>The pages of an installation.</summary>
public static class MapInstallExtensions
{
    public static void MapInstall(this IEndpointRouteBuilder routes, SlackOptions options)
    {
        var pages = routes.MapGroup("/slack").AddEndpointFilter((call, next) =>
        {
            var headers = call.HttpContext.Response.Headers;
            // Browsers hold the redirect that answers a form to form-action too.
            headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; form-action 'self' {options.ApiUrl.GetLeftPart(UriPartial.Authority)}; base-uri 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer";
            return next(call);
        });
        pages.MapGet("/install", () => new RazorComponentResult<InstallPage> { PreventStreamingRendering = true });
        var limits = routes.ServiceProvider.GetRequiredService<InstallLimits>();
        pages.MapPost("/install", (HttpContext call, BeginInstallation begin) => begin.HandleAsync(call)).DisableAntiforgery().AddEndpointFilter(limits.FilterAsync);
        pages.MapGet("/oauth", (HttpContext call, FinishInstallation finish) => finish.HandleAsync(call)).AddEndpointFilter(limits.FilterAsync);
        pages.MapGet("/install.css", () => TypedResults.Stream(typeof(MapInstallExtensions).Assembly.GetManifestResourceStream("install/install.css")!, "text/css"));
    }
}
