using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bot.Web.Playground;

/// <summary>Reads the posted form once, within limits; behind it a post is small and well-formed.</summary>
public static class ReadPost
{
    public const int MostBytes = 256 * 1024;

    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var request = call.HttpContext.Request;
        if (call.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The limit is ours alone: Kestrel's would cut the connection under a browser that is still sending, and it would show that
            // instead of our answer. Without it, what comes after the answer is read and thrown away for at most five seconds.
            limit.MaxRequestBodySize = null;
        }

        if (request.ContentLength > MostBytes)
        {
            return TooLarge();
        }

        if (!request.HasFormContentType)
        {
            return Malformed();
        }

        try
        {
            if (!await FitsAsync(request, call.HttpContext.RequestAborted))
            {
                return TooLarge();
            }

            await request.ReadFormAsync(call.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            return Malformed();
        }
        catch (InvalidDataException)
        {
            return Malformed();
        }
        catch (NotSupportedException)
        {
            // A charset .NET refuses to read, such as UTF-7.
            return Malformed();
        }
        catch (IOException)
        {
            // A multipart body that ends too soon.
            return Malformed();
        }

        return await next(call);
    }

    /// <summary>Reads the body into memory; false, with the rest unread, when it is too much.</summary>
    private static async Task<bool> FitsAsync(HttpRequest request, CancellationToken ct)
    {
        var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, ct) is > 0 and var read)
        {
            if (body.Length + read > MostBytes)
            {
                return false;
            }

            body.Write(part, 0, read);
        }

        body.Position = 0;
        request.Body = body;
        return true;
    }

    private static IResult TooLarge() => Plain.Page(
        StatusCodes.Status413PayloadTooLarge, "Too large", $"That was more than {MostBytes / 1024} KB. Nothing was changed; go back, and what you typed is still there.");

    private static IResult Malformed() => Plain.Page(StatusCodes.Status400BadRequest, "Not understood", "That was no form of this page. Nothing was changed.");
}
