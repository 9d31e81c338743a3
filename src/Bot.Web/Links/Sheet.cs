using Microsoft.AspNetCore.Http;

namespace Bot.Web.Links;

/// <summary>A style sheet out of the assembly.</summary>
/// <param name="resource">Its logical name.</param>
public sealed class Sheet(string resource)
{
    private readonly byte[] _bytes = Load(resource);

    public IResult Handle(HttpContext call)
    {
        call.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(_bytes, "text/css; charset=utf-8");
    }

    private static byte[] Load(string resource)
    {
        using var stream = typeof(Sheet).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not inside the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
