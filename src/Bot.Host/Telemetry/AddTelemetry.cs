using System.Reflection;
using Bot.Telemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bot.Host.Telemetry;

/// <summary>Sends measures and traces to a collector. The standard OTEL_ variables set the rest: headers, how often, how much of the traces.</summary>
public static class AddTelemetryExtensions
{
    private const string Service = "afterpilot";

    /// <summary>
    /// Measures that the runtime and ASP.NET Core make themselves, by route templates and host names. The instrumentation packages were refused: their spans hold whole
    /// addresses, and here those of reports, exports and answers are keys.
    /// </summary>
    private static readonly string[] Meters = [Measures.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Npgsql"];

    /// <param name="collector">Where it takes OTLP over HTTP; /v1/metrics and /v1/traces are appended.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, Uri collector)
    {
        services.AddHostedService<MeasureOutbox>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(Service, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter(to => Point(to, collector, "v1/metrics")))
            .WithTracing(traces => traces.AddSource(Measures.Name).AddOtlpExporter(to => Point(to, collector, "v1/traces")));
        return services;
    }

    private static void Point(OtlpExporterOptions to, Uri collector, string path) =>
        (to.Protocol, to.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}"));
}
